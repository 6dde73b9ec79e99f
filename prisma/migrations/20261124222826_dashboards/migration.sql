-- AlterTable
ALTER TABLE "FluxObject" ADD COLUMN     "details" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "handledAt" TEXT,
ADD COLUMN     "requestedAt" TEXT;

-- CreateTable
CREATE TABLE "Ask" (
    "id" UUID NOT NULL,
    "managementClusterId" UUID NOT NULL,
    "clusterId" UUID,
    "verb" TEXT NOT NULL,
    "target" JSONB NOT NULL,
    "login" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "answer" JSON,
    "error" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Ask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommitTarget" (
    "repositoryId" UUID NOT NULL,
    "sha" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "clusterId" UUID NOT NULL,
    "objects" TEXT[],
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CommitTarget_pkey" PRIMARY KEY ("repositoryId","sha","clusterId")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "team" TEXT,
    "search" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Preference" (
    "userId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSON NOT NULL,

    CONSTRAINT "Preference_pkey" PRIMARY KEY ("userId","key")
);

-- CreateIndex
CREATE INDEX "Ask_state_askedAt_idx" ON "Ask"("state", "askedAt");

-- CreateIndex
CREATE INDEX "CommitTarget_appliedAt_idx" ON "CommitTarget"("appliedAt");

-- CreateIndex
CREATE INDEX "SavedView_page_team_idx" ON "SavedView"("page", "team");

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_page_login_name_key" ON "SavedView"("page", "login", "name");

-- CreateIndex
CREATE INDEX "FluxObject_kind_sync_idx" ON "FluxObject"("kind", "sync");

-- AddForeignKey
ALTER TABLE "Preference" ADD CONSTRAINT "Preference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
