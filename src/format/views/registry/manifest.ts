import { compactJson, indentJson } from '../../../domain/go/json-indent.ts'
import { jsonString } from '../../../domain/go/json-text.ts'
import { escapeHtml, type ImageManifest } from '../../../domain/image/manifest.ts'

/** A manifest as its registry has it, indented for people (docker manifest inspect). */
export function manifestText({ json }: ImageManifest): string {
  return `${indentJson(json, '\t')}\n`
}

/** One manifest with where it is and what it is for (docker manifest inspect --verbose). */
export function verboseManifest(manifest: ImageManifest): string {
  return `${indentJson(manifestJson(manifest), '\t')}\n`
}

/** All manifests of a list, each with where it is and what it is for. */
export function verboseManifestList(manifests: readonly ImageManifest[]): string {
  return `${indentJson(`[${manifests.map(manifestJson).join(',')}]`, '\t')}\n`
}

/** A manifest as docker keeps it: Go's JSON, in which `<`, `>` and `&` are escaped, of the image's own manifest too. */
export function manifestJson({ reference, descriptor, raw, kind, json }: ImageManifest): string {
  const members = [
    ['Ref', jsonString(reference, true)],
    ['Descriptor', escapeHtml(JSON.stringify(descriptor))],
    ...(raw === undefined ? [] : [['Raw', `"${Buffer.from(raw).toString('base64')}"`]]),
    [kind === 'oci' ? 'OCIManifest' : 'SchemaV2Manifest', escapeHtml(compactJson(json))],
  ]
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}
