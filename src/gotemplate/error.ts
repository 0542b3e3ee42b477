/** A template that cannot be parsed or executed. The message is that of Go's text/template: `template: :1: …`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  /** The output up to the point where execution failed. */
  output = ''
}
