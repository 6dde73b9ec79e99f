-- AlterTable
ALTER TABLE "ManagementCluster" ADD COLUMN     "kinds" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Cluster" ADD COLUMN     "missingRules" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "ClusterInterval" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "uid" TEXT NOT NULL DEFAULT '',
    "axis" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "tone" TEXT,
    "detail" TEXT,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3),

    CONSTRAINT "ClusterInterval_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ClusterInterval_axis_from_idx" ON "ClusterInterval"("axis", "from");

-- CreateIndex
CREATE UNIQUE INDEX "ClusterInterval_clusterId_axis_from_key" ON "ClusterInterval"("clusterId", "axis", "from");

-- AddForeignKey
ALTER TABLE "ClusterInterval" ADD CONSTRAINT "ClusterInterval_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;
