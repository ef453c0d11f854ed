// Holds a workflow against GitHub's schema for workflows, by npm's @action-validator, and prints what is wrong.
//
//   node workflow.mjs MODULES WORKFLOW.yml
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [modules, workflow] = process.argv.slice(2);
const { validateWorkflow } = createRequire(`${modules}/`)('@action-validator/core');
console.log(JSON.stringify(validateWorkflow(readFileSync(workflow, 'utf8')).errors));
