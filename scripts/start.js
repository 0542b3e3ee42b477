// Starts another script of this directory: `node scripts/start.js demo`. npm scripts run on the Node that `npm ci` installs.
// If it is missing, the machine's own Node may be too old for TypeScript, and would print a stack trace. Every Node can
// read this file, because it is JavaScript.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [name] = process.argv.splice(2, 1)

if (existsSync(fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url)))) {
  await import(`./${name}.ts`)
} else {
  console.error('npm scripts run on a Node that is not installed yet. First run: npm ci --ignore-scripts=false')
  process.exitCode = 1
}
