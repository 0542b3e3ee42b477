/**
 * Reads `--allow`: what a build may do beyond its sandbox.
 * @throws Error in BuildKit's words
 */
export function readEntitlements(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '').map(checkedEntitlement)
}

function checkedEntitlement(text: string): string {
  if (/^(network\.host|security\.insecure|device(=.*)?)$/s.test(text)) return text
  throw new Error(`unknown entitlement ${text}`)
}
