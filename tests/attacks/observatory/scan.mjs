// Marks a site on this machine as `mdn-http-observatory-scan` does, which knows only ports 80 and 443.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

// The list of preloaded sites is fetched when the package is installed; none of ours is on it.
const preloaded = new URL("../conf/hsts-preload.json", import.meta.resolve("@mdn/mdn-http-observatory"));
if (!fs.existsSync(preloaded)) fs.writeFileSync(fileURLToPath(preloaded), "{}");

const of = (path) => import(new URL(path, import.meta.resolve("@mdn/mdn-http-observatory")));
const { retrieve } = await of("./retriever/retriever.js");
const { ALL_TESTS } = await of("./constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await of("./grader/charts.js");
const { getGradeForScore, getScoreModifier } = await of("./grader/grader.js");

const [, , host, httpPort, httpsPort, path] = process.argv;
const seen = await retrieve(host, { httpPort, httpsPort, path });
const results = ALL_TESTS.map((test) => test(seen));
const changes = results.map(({ result }) => getScoreModifier(result));
const total = (numbers) => numbers.reduce((sum, one) => sum + one, 100);
const strict = total(changes.filter((one) => one < 0));
const { grade, score } = getGradeForScore(
  strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? total(changes) : strict,
);
const tests = Object.fromEntries(
  results.map((one, at) => [one.constructor.name, { pass: one.pass, result: one.result, changes: changes[at] }]),
);
console.log(JSON.stringify({ grade, score, status: seen.responses.auto?.status, tests }));
process.exit(0);
