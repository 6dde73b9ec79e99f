import { parseArgs } from "node:util";
import { runMain } from "../runtime/run-main.ts";
import { startFluxKustomize } from "./start-flux-kustomize.ts";

// flux-kustomize alone: `node main.ts --kubeconfig FILE [--concurrency N] [--sops-age-secret NAMESPACE/NAME]`.
const { values } = parseArgs({
  options: {
    kubeconfig: { type: "string" },
    concurrency: { type: "string" },
    "sops-age-secret": { type: "string" },
  },
  strict: true,
});

await runMain((connection) =>
  startFluxKustomize({
    connection,
    concurrency: Number(values.concurrency ?? 4),
    sopsAgeSecret: values["sops-age-secret"],
  }),
);
