import type { ProgressDetail } from '../../domain/image/json-message.ts'
import { humanSize } from '../text/units.ts'

/** The width that docker assumes without a terminal. */
const DEFAULT_WIDTH = 200
/** The widths that the bar and the remaining time need. */
const BAR_MIN_WIDTH = 110
const TIME_MIN_WIDTH = 50
const BAR_LENGTH = 50

/** Whether the progress of an operation is known. If it is not, it has no text. */
export function isProgressKnown({ current = 0, total = 0 }: ProgressDetail): boolean {
  return current > 0 || total > 0
}

/**
 * Formats the progress of an operation: `[====>    ]  1.2MB/3.4MB`; empty if it is unknown (moby jsonmessage
 * JSONProgress.String).
 * @param width the columns of the terminal; 0 if there is none
 * @param now seconds since 1970
 */
export function formatProgress(detail: ProgressDetail, width: number, now: number): string {
  const { current = 0, total = 0, start = 0, hidecounts = false, units = '' } = detail
  const columns = width || DEFAULT_WIDTH
  if (!isProgressKnown(detail)) return ''
  if (total <= 0) return amount(current, units)
  const filled = Math.min(Math.trunc(Math.trunc((current / total) * 100) / 2), BAR_LENGTH)
  const bar = columns > BAR_MIN_WIDTH ? `[${'='.repeat(filled)}>${' '.repeat(BAR_LENGTH - filled)}] ` : ''
  const counts = hidecounts ? '' : countsText(current, total, units)
  const hasTime = current > 0 && start > 0 && filled < BAR_LENGTH && columns > TIME_MIN_WIDTH
  return bar + counts + (hasTime ? ` ${timeLeft(current, total, now - start)}` : '')
}

function countsText(current: number, total: number, units: string): string {
  if (current > total) return amount(current, units)
  return units === '' ? `${amount(current, '')}/${humanSize(total, 4)}` : `${current}/${total} ${units}`
}

function amount(count: number, units: string): string {
  return units === '' ? humanSize(count, 4).padStart(8) : `${count} ${units}`
}

/** Estimates the remaining time and formats it in seconds as Go formats durations: `1h2m3s`. */
function timeLeft(current: number, total: number, elapsed: number): string {
  const seconds = Math.trunc(((total - current) * elapsed) / current)
  const [h, m, s] = [Math.trunc(seconds / 3600), Math.trunc(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}h${m}m${s}s` : m > 0 ? `${m}m${s}s` : `${s}s`
}
