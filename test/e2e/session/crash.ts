import { execFileSync } from 'node:child_process'
import { enterRawMode } from '../../../src/attach/raw-mode.ts'

/** A program that sets the terminal to raw mode, prints a line and exits with an uncaught error. */
enterRawMode({ isTerminal: true, stream: process.stdin })
const settings = execFileSync('stty', ['-a'], { stdio: ['inherit', 'pipe', 'inherit'], encoding: 'utf8' })
process.stdout.write(`raw: ${/-icanon/.exec(settings)?.[0]}\r\n`)
setTimeout(() => {
  throw new Error('crashed on purpose')
}, 50)
