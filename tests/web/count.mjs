// Reads JUnit XML with npm's junit2json and test-results-parser, and prints what dashboards would count.
//
//   node count.mjs MODULES REPORT.xml
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, report] = process.argv.slice(2);
const installed = createRequire(`${modules}/`);
const { parse } = await import(pathToFileURL(installed.resolve('junit2json')));
const another = installed('test-results-parser').parse({ type: 'junit', files: [report] });

const { testsuite: suites } = await parse(readFileSync(report, 'utf8'));
const cases = suites.flatMap((suite) => suite.testcase ?? []);
const having = (key) => cases.filter((one) => one[key]?.length).length;
console.log(JSON.stringify({
  declared: suites.map((suite) => [suite.tests, suite.failures, suite.errors, suite.skipped]),
  found: [cases.length, having('failure'), having('error'), having('skipped')],
  another: [another.suites.flatMap((suite) => suite.cases).length, another.failed, another.errors, another.skipped],
  names: cases.map((one) => `${one.classname} ${one.name}`),
}));
