// Decisions from Node.js without a server: a process of `ntm-rules evaluate -` is asked a subject a line and answers a line.
//   node decide.mjs [ntm-rules]
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const command = process.argv[2] ?? "ntm-rules";
const rules = spawn(command, ["evaluate", "-", "--set", "commune-ntm/2021-2025", "--on", "2024-06-30", "--province", "kon-tum"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: rules.stdout })[Symbol.asyncIterator]();

async function decide(subject) {
  rules.stdin.write(JSON.stringify(subject) + "\n");
  const { value, done } = await answers.next();
  if (done) throw new Error(`${command} gave no answer`);
  return JSON.parse(value);
}

// Figures are sent as text: a number of JavaScript would forget how it was written. Made-up communes.
const commune = { id: "M001", kind: "commune", attributes: { region: "tay-nguyen", area: "I", year: 2024 }, values: { "10.1": "51.5" } };
const decision = await decide(commune);
const income = decision.decision.parts.flatMap((part) => part.parts ?? [part]).find((node) => node.id === "10.1");
console.log(decision.outcome, income.id, income.outcome);

const refusal = await decide({ ...commune, id: "M002", values: { "10.1": "51,5" } });
console.log(refusal.schema, refusal.problems.map((problem) => problem.code).join(" "));

rules.stdin.end();
rules.on("close", (code) => console.log("exit", code));
