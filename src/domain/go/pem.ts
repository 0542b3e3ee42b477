/** Whether a text contains a block that Go's `pem.Decode` finds. */
export function isPem(text: string): boolean {
  const block = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([\s\S]*?)-----END \1-----/.exec(text)
  const content = (block?.[2] ?? '!').replace(/^(?:[^\n:]+: [^\n]*\n)+\n?/, '')
  return /^[\w+/=\s]*$/.test(content) && !content.includes('_')
}
