import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: { name: "unit", environment: "node", include: ["lib/domain/**/*.test.ts"] },
      },
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: "components",
          environment: "jsdom",
          include: ["{components,app,lib/client}/**/*.test.{ts,tsx}"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          environment: "node",
          include: ["{lib,sandbox,scripts}/**/*.test.ts"],
          exclude: ["lib/domain/**", "lib/client/**"],
          globalSetup: ["sandbox/testing/postgres-setup.ts"],
          // Deadlines against hanging, wide enough for a machine that others use too.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Much of these tests is waiting: for servers, backoffs, other processes.
          maxWorkers: 3,
        },
      },
    ],
  },
});
