import { describeError } from '../../domain/errors.ts'
import type { InspectedContainer } from '../../engine/api/container-streams.ts'
import type { Engine } from '../../engine/engine.ts'
import { makeVisible } from '../../format/text/visible.ts'
import { type CollectedOutput, lastLinesOf, readLogEnd } from './container-output.ts'

/**
 * Returns a report about a container that does not become ready: what is wrong, its last health check, and the end of its
 * log.
 * @param problem what is wrong: `container web is unhealthy`
 * @param container undefined if it no longer exists
 * @param output what was collected of its output; undefined to read its log
 */
export async function reportNotReady(
  problem: string,
  container: InspectedContainer | undefined,
  output: CollectedOutput | undefined,
  engine: Engine,
): Promise<string> {
  const check = container?.State.Health?.Log?.at(-1)
  return [
    problem,
    ...(check ? section(`last health check, with exit code ${check.ExitCode}`, lastLinesOf(check.Output)) : []),
    ...(await outputSection(container, output, engine)),
  ].join('\n')
}

async function outputSection(
  container: InspectedContainer | undefined,
  output: CollectedOutput | undefined,
  engine: Engine,
): Promise<readonly string[]> {
  if (output) return section('end of its output', await output.lines())
  if (!container) return []
  try {
    return section('end of its log', await readLogEnd(container.Id, container.Config.Tty, engine))
  } catch (error) {
    return [`its log cannot be read: ${describeError(error)}`]
  }
}

/** Returns a heading and indented lines. What a container prints is untrusted, so a terminal must not act on it. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `  ${makeVisible(line)}`)]
}
