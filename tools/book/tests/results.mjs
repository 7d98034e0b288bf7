// What was tried and what came of it, for the last line "N passed, N failed".
let passed = 0, failed = 0;

function report(name, problems) {
  if (problems.length) failed++;
  else passed++;
  if (!problems.length) return;
  console.log(`FAILED ${name}`);
  for (const problem of problems.slice(0, 12)) console.log(`    ${problem}`);
  if (problems.length > 12) console.log(`    and ${problems.length - 12} more`);
}

// Runs a test that returns its problems; what it throws is one.
export async function test(name, body) {
  let problems;
  try {
    problems = (await body()) ?? [];
  } catch (error) {
    problems = [error.message.split("\n").slice(0, 3).join(" ")];
  }
  report(name, problems);
}

export const expect = (holds, problem) => (holds ? [] : [problem]);

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  if (!passed) console.log("nothing was tested: that is a failure too");
  return failed || !passed ? 1 : 0;
}
