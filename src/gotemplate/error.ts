/** Why a template cannot be read or executed, in the words of Go's text/template: `template: :1: …`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  /** What had been written when execution failed. */
  written = ''
}
