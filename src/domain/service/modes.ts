/** The modes of services, as `--mode` and the filter `mode` name them. */
export const SERVICE_MODES = ['replicated', 'global', 'replicated-job', 'global-job'] as const
