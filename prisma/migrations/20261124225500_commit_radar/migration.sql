-- AlterTable
ALTER TABLE "Commit" ADD COLUMN     "targetsAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "CommitTarget" ADD COLUMN     "timed" BOOLEAN NOT NULL DEFAULT true;
