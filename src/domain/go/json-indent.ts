const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g

/** JSON without the spaces between its parts; texts and numbers stay as sent (Go's json.Compact). */
export function compactJson(json: string): string {
  return (json.match(TOKEN) ?? []).join('')
}

/**
 * JSON with each member on a line of its own; keys keep their order, texts and numbers stay as sent (Go's json.Indent).
 * @param indent what each level is indented by
 */
export function indentJson(json: string, indent = '    '): string {
  let text = ''
  let line = '\n'
  let isEmpty = false
  for (const [token] of json.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']'
    if (isEmpty && !closes) text += line
    switch (token) {
      case '{':
      case '[':
        line += indent
        text += token
        isEmpty = true
        continue
      case '}':
      case ']':
        line = line.slice(0, -indent.length)
        text += isEmpty ? token : line + token
        break
      case ',':
        text += token + line
        break
      case ':':
        text += ': '
        break
      default:
        text += token
    }
    isEmpty = false
  }
  return text
}
