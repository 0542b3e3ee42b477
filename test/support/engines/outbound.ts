import { readFile, writeFile } from 'node:fs/promises'
import type { Bridge } from './bridge.ts'
import { command } from './command.ts'

const FORWARDING = '/proc/sys/net/ipv4/ip_forward'

/**
 * Lets containers on the bridge reach other machines. It uses its own rules instead of docker's chains, because those
 * can be removed completely. Returns a function that removes them.
 */
export async function allowOutbound({ name, pool }: Bridge): Promise<() => Promise<void>> {
  const rules = [
    ['-t', 'nat', 'POSTROUTING', '-s', pool, '!', '-o', name, '-j', 'MASQUERADE'],
    ['-t', 'filter', 'FORWARD', '-i', name, '-j', 'ACCEPT'],
    ['-t', 'filter', 'FORWARD', '-o', name, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
  ]
  const change = async (action: '-I' | '-D') => {
    for (const [, table = '', chain = '', ...match] of rules) {
      await command('iptables', ['-w', '-t', table, action, chain, ...match])
    }
  }
  const before = (await readFile(FORWARDING, 'utf8')).trim()
  await change('-I')
  if (before === '0') await writeFile(FORWARDING, '1')
  return async () => {
    if (before === '0') await writeFile(FORWARDING, '0')
    await change('-D')
  }
}
