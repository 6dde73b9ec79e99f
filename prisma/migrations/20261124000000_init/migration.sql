-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "ManagementCluster" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "server" TEXT NOT NULL,
    "lastContactAt" TIMESTAMPTZ(3),
    "contactError" TEXT,
    "syncedAt" TIMESTAMPTZ(3),
    "missedByWatch" INTEGER NOT NULL DEFAULT 0,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "leader" TEXT,
    "leaderAt" TIMESTAMPTZ(3),

    CONSTRAINT "ManagementCluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cluster" (
    "id" UUID NOT NULL,
    "managementClusterId" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uid" TEXT,
    "requestedBy" INTEGER,
    "inGit" BOOLEAN NOT NULL DEFAULT false,
    "live" BOOLEAN NOT NULL DEFAULT false,
    "environment" TEXT,
    "region" TEXT,
    "team" TEXT,
    "owner" TEXT,
    "purpose" TEXT,
    "template" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "provider" TEXT NOT NULL,
    "labels" JSONB NOT NULL DEFAULT '{}',
    "desiredVersion" TEXT,
    "observedVersion" TEXT,
    "minor" TEXT,
    "nodesReady" INTEGER,
    "nodesDesired" INTEGER,
    "controlPlane" JSONB,
    "lifecycle" TEXT NOT NULL,
    "lifecycleDetail" TEXT,
    "lifecycleSince" TIMESTAMPTZ(3) NOT NULL,
    "health" TEXT NOT NULL,
    "healthReason" TEXT,
    "healthMessage" TEXT,
    "healthSince" TIMESTAMPTZ(3) NOT NULL,
    "sync" TEXT,
    "syncReason" TEXT,
    "syncMessage" TEXT,
    "syncSince" TIMESTAMPTZ(3),
    "contact" TEXT NOT NULL DEFAULT 'never',
    "contactMessage" TEXT,
    "contactSince" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),
    "tone" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "word" TEXT NOT NULL,
    "cause" TEXT,
    "causeKey" TEXT,
    "markSince" TIMESTAMPTZ(3) NOT NULL,
    "moving" BOOLEAN NOT NULL DEFAULT false,
    "ahead" BOOLEAN NOT NULL DEFAULT false,
    "fluxTotal" INTEGER NOT NULL DEFAULT 0,
    "fluxSynced" INTEGER NOT NULL DEFAULT 0,
    "revision" TEXT,
    "revisionAt" TIMESTAMPTZ(3),
    "behindBy" INTEGER,
    "behindSince" TIMESTAMPTZ(3),
    "conditions" JSONB NOT NULL DEFAULT '[]',
    "hash" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ClusterIncarnation" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "uid" TEXT NOT NULL,
    "firstSeen" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ClusterIncarnation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pool" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "mode" TEXT,
    "size" TEXT,
    "minReplicas" INTEGER,
    "maxReplicas" INTEGER,
    "desiredReplicas" INTEGER,
    "readyReplicas" INTEGER,
    "desiredVersion" TEXT,
    "observedVersion" TEXT,
    "phase" TEXT,
    "tone" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "message" TEXT,

    CONSTRAINT "Pool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FluxObject" (
    "id" UUID NOT NULL,
    "managementClusterId" UUID NOT NULL,
    "clusterId" UUID,
    "home" TEXT NOT NULL,
    "homeKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "apiVersion" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "role" TEXT,
    "sync" TEXT,
    "moving" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "message" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "blockedBy" TEXT,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "path" TEXT,
    "sourceKind" TEXT,
    "sourceNamespace" TEXT,
    "sourceName" TEXT,
    "dependsOn" JSONB NOT NULL DEFAULT '[]',
    "revision" TEXT,
    "attemptedRevision" TEXT,
    "sha" TEXT,
    "intervalSeconds" INTEGER,
    "appliedAt" TIMESTAMPTZ(3),
    "inventory" JSONB,
    "hash" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FluxObject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workload" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "desired" INTEGER NOT NULL,
    "ready" INTEGER NOT NULL,
    "tone" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "message" TEXT,
    "images" TEXT[],
    "hash" TEXT NOT NULL DEFAULT '',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Workload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Milestone" (
    "id" UUID NOT NULL,
    "clusterId" UUID NOT NULL,
    "uid" TEXT NOT NULL DEFAULT '',
    "step" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" TEXT,

    CONSTRAINT "Milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FleetRepository" (
    "id" UUID NOT NULL,
    "fullName" TEXT NOT NULL,
    "defaultBranch" TEXT NOT NULL DEFAULT 'main',
    "headSha" TEXT,
    "headAt" TIMESTAMPTZ(3),
    "fetchedAt" TIMESTAMPTZ(3),
    "fetchError" TEXT,
    "polledAt" TIMESTAMPTZ(3),
    "pollError" TEXT,
    "config" JSON,
    "prices" JSON,
    "templates" JSON NOT NULL DEFAULT '[]',
    "problems" JSONB NOT NULL DEFAULT '[]',
    "protection" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "FleetRepository_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Commit" (
    "repositoryId" UUID NOT NULL,
    "sha" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "parents" TEXT[],
    "paths" TEXT[],
    "title" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "authoredAt" TIMESTAMPTZ(3) NOT NULL,
    "changeNumber" INTEGER,

    CONSTRAINT "Commit_pkey" PRIMARY KEY ("repositoryId","sha")
);

-- CreateTable
CREATE TABLE "Change" (
    "id" UUID NOT NULL,
    "repositoryId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "draft" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL DEFAULT 'other',
    "author" TEXT NOT NULL,
    "requestedBy" TEXT,
    "url" TEXT NOT NULL,
    "headRef" TEXT NOT NULL,
    "headSha" TEXT NOT NULL,
    "baseRef" TEXT NOT NULL,
    "baseSha" TEXT NOT NULL,
    "mergeable" BOOLEAN,
    "mergeableState" TEXT,
    "mergeCommit" TEXT,
    "mergedBy" TEXT,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "mergedAt" TIMESTAMPTZ(3),
    "additions" INTEGER NOT NULL DEFAULT 0,
    "deletions" INTEGER NOT NULL DEFAULT 0,
    "clusters" TEXT[],
    "teams" TEXT[],
    "meta" JSON,
    "readAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChangeFile" (
    "changeId" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "additions" INTEGER NOT NULL,
    "deletions" INTEGER NOT NULL,
    "patch" TEXT,
    "position" INTEGER NOT NULL,

    CONSTRAINT "ChangeFile_pkey" PRIMARY KEY ("changeId","path")
);

-- CreateTable
CREATE TABLE "ChangeCheck" (
    "changeId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "headSha" TEXT NOT NULL,
    "baseSha" TEXT,
    "status" TEXT NOT NULL,
    "conclusion" TEXT,
    "title" TEXT,
    "summary" TEXT,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "ours" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChangeCheck_pkey" PRIMARY KEY ("changeId","name")
);

-- CreateTable
CREATE TABLE "ChangeReview" (
    "changeId" UUID NOT NULL,
    "forgeId" BIGINT NOT NULL,
    "login" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "commitSha" TEXT,
    "body" TEXT,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChangeReview_pkey" PRIMARY KEY ("changeId","forgeId")
);

-- CreateTable
CREATE TABLE "Intent" (
    "id" UUID NOT NULL,
    "repositoryId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "login" TEXT NOT NULL,
    "userId" UUID,
    "team" TEXT,
    "cluster" TEXT,
    "branch" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "baseSha" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "input" JSON NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "error" TEXT,
    "changeNumber" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Intent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "team" TEXT,
    "cluster" TEXT,
    "change" INTEGER,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "guid" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("guid")
);

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "forgeId" BIGINT NOT NULL,
    "login" TEXT NOT NULL,
    "name" TEXT,
    "email" TEXT,
    "image" TEXT,
    "forgeTeams" TEXT[],
    "teamsReadAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "userId" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "providerAccountId" TEXT NOT NULL,
    "accessToken" TEXT NOT NULL,
    "refreshToken" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "refreshTokenExpiresAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "sessionToken" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ManagementCluster_slug_key" ON "ManagementCluster"("slug");

-- CreateIndex
CREATE INDEX "Cluster_deletedAt_rank_name_idx" ON "Cluster"("deletedAt", "rank", "name");

-- CreateIndex
CREATE INDEX "Cluster_team_idx" ON "Cluster"("team");

-- CreateIndex
CREATE INDEX "Cluster_name_idx" ON "Cluster"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Cluster_managementClusterId_namespace_name_key" ON "Cluster"("managementClusterId", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "ClusterIncarnation_uid_key" ON "ClusterIncarnation"("uid");

-- CreateIndex
CREATE UNIQUE INDEX "Pool_clusterId_kind_name_key" ON "Pool"("clusterId", "kind", "name");

-- CreateIndex
CREATE INDEX "FluxObject_clusterId_idx" ON "FluxObject"("clusterId");

-- CreateIndex
CREATE UNIQUE INDEX "flux_object_key" ON "FluxObject"("managementClusterId", "homeKey", "kind", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Workload_clusterId_kind_namespace_name_key" ON "Workload"("clusterId", "kind", "namespace", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Milestone_clusterId_uid_step_key" ON "Milestone"("clusterId", "uid", "step");

-- CreateIndex
CREATE UNIQUE INDEX "FleetRepository_fullName_key" ON "FleetRepository"("fullName");

-- CreateIndex
CREATE UNIQUE INDEX "Commit_repositoryId_position_key" ON "Commit"("repositoryId", "position");

-- CreateIndex
CREATE INDEX "Change_state_updatedAt_idx" ON "Change"("state", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Change_repositoryId_number_key" ON "Change"("repositoryId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_idempotencyKey_key" ON "Intent"("idempotencyKey");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_branch_key" ON "Intent"("branch");

-- CreateIndex
CREATE INDEX "AuditEvent_at_idx" ON "AuditEvent"("at");

-- CreateIndex
CREATE UNIQUE INDEX "User_forgeId_key" ON "User"("forgeId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_provider_providerAccountId_key" ON "Account"("provider", "providerAccountId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_sessionToken_key" ON "Session"("sessionToken");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- AddForeignKey
ALTER TABLE "Cluster" ADD CONSTRAINT "Cluster_managementClusterId_fkey" FOREIGN KEY ("managementClusterId") REFERENCES "ManagementCluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ClusterIncarnation" ADD CONSTRAINT "ClusterIncarnation_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pool" ADD CONSTRAINT "Pool_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FluxObject" ADD CONSTRAINT "FluxObject_managementClusterId_fkey" FOREIGN KEY ("managementClusterId") REFERENCES "ManagementCluster"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FluxObject" ADD CONSTRAINT "FluxObject_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Workload" ADD CONSTRAINT "Workload_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Milestone" ADD CONSTRAINT "Milestone_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChangeFile" ADD CONSTRAINT "ChangeFile_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChangeCheck" ADD CONSTRAINT "ChangeCheck_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChangeReview" ADD CONSTRAINT "ChangeReview_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "Change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
