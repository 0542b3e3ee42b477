import type { ProgressOutput } from './display.ts'

/** Keeps what is shown, as text without cursor moves: for `-q`, which shows it only when something fails. */
export class KeptOutput implements ProgressOutput {
  readonly isTerminal = false
  readonly columns = 0
  text = ''

  write(text: string): void {
    this.text += text
  }
}
