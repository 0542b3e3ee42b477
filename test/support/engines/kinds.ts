/** The engines that suites can run against, by their source. */
export const ENGINE_KINDS = ['machine', 'trixie', 'sid', 'podman'] as const

export type EngineKind = (typeof ENGINE_KINDS)[number]
