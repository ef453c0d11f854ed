// Holds a Job, as JSON, against Kubernetes' own schema, by npm's kubernetes-models, and prints what is wrong.
//
//   node job.mjs MODULES JOB.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, file] = process.argv.slice(2);
const { Job } = createRequire(`${modules}/`)('kubernetes-models/batch/v1');
const errors = [];
try {
  new Job(JSON.parse(readFileSync(file, 'utf8'))).validate();
} catch (error) {
  errors.push(error.message);
}
console.log(JSON.stringify(errors));
