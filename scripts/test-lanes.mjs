/**
 * Steps of `npm test` side by side. A step's own words go to test-results/<name>.log and are shown in one piece where
 * it fails: two steps never talk at once. Plain JavaScript: it runs on whatever Node the machine has, from 20 on.
 */
import { spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root, step } from "./bootstrap.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {string[]} [after] names of steps that must have ended, however they did
 * @property {boolean} [live] shows its words as they come; for a step that runs alone
 * @property {boolean} [told] shows its words where it succeeds, too
 * @property {(code: number) => { passed: number, failed: number }} [read] the counts; one check where it is not given
 */

/**
 * Runs all steps, at most `width` at a time, each as soon as a lane is free and what it comes after has ended.
 *
 * @param {Step[]} steps in the order they should begin
 * @param {{ width: number, env: NodeJS.ProcessEnv, reports: string }} options
 * @returns {Promise<{ name: string, passed: number, failed: number }[]>} in the order they ended
 */
export async function runLanes(steps, { width, env, reports }) {
  const waiting = [...steps];
  const results = [];
  const ready = ({ after = [] }) =>
    after.every(
      (name) => !steps.some((one) => one.name === name) || results.some((one) => one.name === name),
    );
  const running = new Set();
  while (waiting.length > 0 || running.size > 0) {
    const at = running.size < width ? waiting.findIndex(ready) : -1;
    if (at === -1) {
      if (running.size === 0)
        throw new Error(`${waiting.map(({ name }) => name).join(", ")} wait for each other`);
      await Promise.race(running);
      continue;
    }
    const [next] = waiting.splice(at, 1);
    const lane = runStep(next, env, reports).then((result) => {
      results.push(result);
      running.delete(lane);
    });
    running.add(lane);
  }
  return results;
}

async function runStep({ name, command, args, live = false, told = false, read = held }, env, reports) {
  const began = Date.now();
  step(`${name} …`);
  const file = join(reports, `${name.replaceAll(/[^a-z]+/g, "-")}.log`);
  const code = await spawned(command, args, env, live ? null : file);
  const { passed, failed } = read(code);
  const counts = read === held ? (failed > 0 ? "failed" : "ok") : `${passed} passed, ${failed} failed`;
  const said = live || (failed === 0 && !told) ? "" : `\n${readFileSync(file, "utf8").trimEnd()}\n`;
  step(`${name}: ${counts} (${String(Math.round((Date.now() - began) / 1000))} s)${said}`);
  return { name, passed, failed };
}

/** A check that holds or does not. */
const held = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

function spawned(command, args, env, file) {
  const out = file === null ? "inherit" : openSync(file, "w");
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", out, out], env });
    if (out !== "inherit") closeSync(out);
    child.on("error", (error) => {
      if (file === null) console.error(error.message);
      else appendFileSync(file, `${error.message}\n`);
      done(127);
    });
    child.on("exit", (code, signal) => done(code ?? (signal ? 128 : 1)));
  });
}
