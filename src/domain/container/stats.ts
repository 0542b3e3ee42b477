interface CpuStats {
  readonly cpu_usage?: { readonly total_usage?: number; readonly percpu_usage?: readonly number[] | null }
  readonly system_cpu_usage?: number
  readonly online_cpus?: number
}

/** One sample of `GET /containers/NAME/stats`, named as the Engine API names it. An absent field means its zero value. */
export interface StatsSample {
  readonly id?: string
  readonly name?: string
  readonly read?: string
  readonly preread?: string
  readonly num_procs?: number
  readonly pids_stats?: { readonly current?: number }
  readonly cpu_stats?: CpuStats
  readonly precpu_stats?: CpuStats
  readonly memory_stats?: {
    readonly usage?: number
    readonly limit?: number
    readonly stats?: Readonly<Record<string, number>> | null
    readonly privateworkingset?: number
  }
  readonly storage_stats?: { readonly read_size_bytes?: number; readonly write_size_bytes?: number }
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op?: string; readonly value?: number }[] | null
  }
  readonly networks?: Readonly<Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>> | null
}

/** The resource usage of a container; sizes in bytes, shares in percent. */
export interface Usage {
  /** The name or id that the user typed, or the container's id. */
  readonly container: string
  /** As the daemon sends it: Docker's begins with a slash. */
  readonly name: string
  readonly id: string
  readonly cpu: number
  readonly memory: number
  readonly memoryLimit: number
  readonly memoryShare: number
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
  readonly processes: number
  /** Whether there are no current numbers to show. */
  readonly isUnknown: boolean
}

/** Returns the usage of a container before its first sample. */
export function initialUsage(container: string): Usage {
  return {
    container,
    name: '',
    id: '',
    cpu: 0,
    memory: 0,
    memoryLimit: 0,
    memoryShare: 0,
    received: 0,
    sent: 0,
    read: 0,
    written: 0,
    processes: 0,
    isUnknown: false,
  }
}

/**
 * Computes the usage from a sample (docker/cli container.collect).
 * @param osType the daemon's operating system: `linux`, `windows`
 */
export function computeUsage(container: string, sample: StatsSample, osType: string): Usage {
  const networks = Object.values(sample.networks ?? {})
  const common = {
    ...initialUsage(container),
    name: sample.name ?? '',
    id: sample.id ?? '',
    received: sum(networks.map(({ rx_bytes = 0 }) => rx_bytes)),
    sent: sum(networks.map(({ tx_bytes = 0 }) => tx_bytes)),
  }
  const { memory_stats: memoryStats = {}, storage_stats: storage = {} } = sample
  if (osType === 'windows') {
    return {
      ...common,
      cpu: windowsCpuPercent(sample),
      memory: memoryStats.privateworkingset ?? 0,
      read: storage.read_size_bytes ?? 0,
      written: storage.write_size_bytes ?? 0,
    }
  }
  const memory = memoryWithoutCache(memoryStats)
  const memoryLimit = memoryStats.limit ?? 0
  return {
    ...common,
    cpu: cpuPercent(sample),
    memory,
    memoryLimit,
    memoryShare: memoryLimit === 0 ? 0 : (memory / memoryLimit) * 100,
    read: blockBytes(sample, 'r'),
    written: blockBytes(sample, 'w'),
    processes: sample.pids_stats?.current ?? 0,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Returns the CPU time of the container between two readings in percent; 100 is one whole processor. */
function cpuPercent({ cpu_stats: now = {}, precpu_stats: before = {} }: StatsSample): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0)
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0)
  const processors = now.online_cpus || (now.cpu_usage?.percpu_usage ?? []).length
  return passed > 0 && used > 0 ? (used / passed) * processors * 100 : 0
}

/** Returns the CPU usage on Windows, which counts in units of 100 nanoseconds. */
function windowsCpuPercent({ read = '', preread = '', num_procs: processors = 0, ...sample }: StatsSample): number {
  const possible = Math.trunc((Date.parse(read) - Date.parse(preread)) * 10_000) * processors
  const used = (sample.cpu_stats?.cpu_usage?.total_usage ?? 0) - (sample.precpu_stats?.cpu_usage?.total_usage ?? 0)
  return possible > 0 ? (used / possible) * 100 : 0
}

/** Returns the memory usage without the page cache, whose name differs between cgroup v1 and v2. */
function memoryWithoutCache({ usage = 0, stats }: NonNullable<StatsSample['memory_stats']>): number {
  const first = stats?.total_inactive_file
  if (first !== undefined && first < usage) return usage - first
  const second = stats?.inactive_file ?? 0
  return second < usage ? usage - second : usage
}

function blockBytes({ blkio_stats: stats }: StatsSample, operation: 'r' | 'w'): number {
  const entries = stats?.io_service_bytes_recursive ?? []
  return sum(entries.filter(({ op = '' }) => op[0]?.toLowerCase() === operation).map(({ value = 0 }) => value))
}
