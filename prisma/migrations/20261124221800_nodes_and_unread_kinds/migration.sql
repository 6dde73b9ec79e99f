-- AlterTable
ALTER TABLE "Cluster" ADD COLUMN     "nodes" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "unread" JSONB NOT NULL DEFAULT '[]';

