import { jsonString } from '../domain/go/json-text.ts'
import type { Platform } from '../domain/image/image.ts'

/** `linux/arm/v7`, `windows(10.0.17763)/amd64`; `<nil>` where the daemon sends none (containerd platforms.FormatAll). */
export function platformText(platform: Platform | null | undefined): string {
  if (!platform) return '<nil>'
  const version = platform['os.version'] ?? ''
  const os = platform.os || 'unknown'
  return [version === '' || !platform.os ? os : `${os}(${version})`, platform.architecture, platform.variant]
    .filter((part) => part !== undefined && part !== '')
    .join('/')
}

/** A platform as Go marshals the OCI type: its own order of fields, empty ones left out, save architecture and os. */
export function platformJson(platform: Platform | null | undefined, escapeHtml: boolean): string {
  if (!platform) return 'null'
  const text = (value = '') => jsonString(value, escapeHtml)
  const members = [`"architecture":${text(platform.architecture)}`, `"os":${text(platform.os)}`]
  if (platform['os.version']) members.push(`"os.version":${text(platform['os.version'])}`)
  const features = platform['os.features'] ?? []
  if (features.length > 0) members.push(`"os.features":[${features.map(text).join(',')}]`)
  if (platform.variant) members.push(`"variant":${text(platform.variant)}`)
  return `{${members.join(',')}}`
}
