/** Fixed values of flags, in docker's order unless noted. */

/** Linux capabilities in the kernel's order. */
export const CAPABILITIES =
  `ALL CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_KILL CAP_SETGID
CAP_SETUID CAP_SETPCAP CAP_LINUX_IMMUTABLE CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_ADMIN CAP_NET_RAW CAP_IPC_LOCK
CAP_IPC_OWNER CAP_SYS_MODULE CAP_SYS_RAWIO CAP_SYS_CHROOT CAP_SYS_PTRACE CAP_SYS_PACCT CAP_SYS_ADMIN CAP_SYS_BOOT
CAP_SYS_NICE CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_MKNOD CAP_LEASE CAP_AUDIT_WRITE CAP_AUDIT_CONTROL
CAP_SETFCAP CAP_MAC_OVERRIDE CAP_MAC_ADMIN CAP_SYSLOG CAP_WAKE_ALARM CAP_BLOCK_SUSPEND CAP_AUDIT_READ CAP_PERFMON CAP_BPF
CAP_CHECKPOINT_RESTORE`.split(/\s/)

/** `RTMIN+1`, `RTMIN+2`, … */
const numbered = (prefix: string, last: number) => Array.from({ length: last }, (_, at) => `${prefix}${at + 1}`)

/** The signals of Linux daemons. */
export const SIGNALS = [
  ...`ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP
TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX`.split(/\s/),
  ...numbered('RTMIN+', 15),
  ...numbered('RTMAX-', 14),
].sort()

export const PLATFORMS =
  `linux/386 linux/amd64 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm64 linux/arm64/v8
linux/ppc64le linux/s390x linux/riscv64 windows/amd64 wasip1/wasm`.split(/\s/)

export const ULIMITS =
  `as= chroot= core= cpu= data= fsize= locks= maxlogins= maxsyslogins= memlock= msgqueue= nice= nofile=
nproc= priority= rss= rtprio= sigpending= stack=`.split(/\s/)

export const SECURITY_OPTIONS = ['apparmor=', 'label=', 'no-new-privileges', 'seccomp=', 'systempaths=unconfined']
export const SECURITY_LABELS = ['label=disable', 'label=level:', 'label=role:', 'label=type:', 'label=user:']

export const RESTART_POLICIES = ['no', 'always', 'on-failure', 'unless-stopped']

/** The values of `inspect --type`. */
export const OBJECT_TYPES = 'config container image network node plugin secret service task volume'.split(' ')

/** The log drivers that are part of the daemon. */
export const LOG_DRIVERS = 'awslogs fluentd gcplogs gelf journald json-file local none splunk syslog'.split(' ')

const ANY_LOG_OPTION = ['max-buffer-size=', 'mode=']
const LOG_METADATA = ['env=', 'env-regex=', 'labels=']

/** The options of each log driver. */
const LOG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  awslogs: [
    ...ANY_LOG_OPTION,
    ...`awslogs-create-group= awslogs-credentials-endpoint= awslogs-datetime-format= awslogs-group=
awslogs-multiline-pattern= awslogs-region= awslogs-stream= tag=`.split(/\s/),
  ],
  fluentd: [
    ...ANY_LOG_OPTION,
    ...LOG_METADATA,
    ...`fluentd-address= fluentd-async= fluentd-buffer-limit= fluentd-request-ack= fluentd-retry-wait= fluentd-max-retries=
fluentd-sub-second-precision= fluentd-write-timeout= tag=`.split(/\s/),
  ],
  gcplogs: [
    ...ANY_LOG_OPTION,
    ...LOG_METADATA,
    ...'gcp-log-cmd= gcp-meta-id= gcp-meta-name= gcp-meta-zone= gcp-project='.split(' '),
  ],
  gelf: [
    ...ANY_LOG_OPTION,
    ...LOG_METADATA,
    ...`gelf-address= gelf-compression-level= gelf-compression-type= gelf-tcp-max-reconnect= gelf-tcp-reconnect-delay=
tag=`.split(/\s/),
  ],
  journald: [...ANY_LOG_OPTION, ...LOG_METADATA, 'tag='],
  'json-file': [...ANY_LOG_OPTION, ...LOG_METADATA, 'compress=', 'max-file=', 'max-size='],
  local: [...ANY_LOG_OPTION, 'compress=', 'max-file=', 'max-size='],
  none: [],
  splunk: [
    ...ANY_LOG_OPTION,
    ...LOG_METADATA,
    ...`splunk-caname= splunk-capath= splunk-format= splunk-gzip= splunk-gzip-level= splunk-index=
splunk-insecureskipverify= splunk-source= splunk-sourcetype= splunk-token= splunk-url= splunk-verify-connection=
tag=`.split(/\s/),
  ],
  syslog: [
    ...ANY_LOG_OPTION,
    ...LOG_METADATA,
    ...`syslog-address= syslog-facility= syslog-format= syslog-tls-ca-cert= syslog-tls-cert= syslog-tls-key=
syslog-tls-skip-verify= tag=`.split(/\s/),
  ],
}

/** Returns the options of a log driver; undefined if it is unknown. */
export function logOptions(driver: string): readonly string[] | undefined {
  return Object.hasOwn(LOG_OPTIONS, driver) ? LOG_OPTIONS[driver] : undefined
}

/** Returns the options of all log drivers without duplicates. */
export function allLogOptions(): string[] {
  return [...new Set(Object.values(LOG_OPTIONS).flat())]
}

export const CONTAINER_STATES = 'created restarting running removing paused exited dead'.split(' ')
export const EVENT_SCOPES = ['local', 'swarm']
export const EVENT_TYPES = 'builder config container daemon image network node plugin secret service volume'.split(' ')
export const EVENT_ACTIONS =
  `create start restart stop checkpoint pause unpause attach detach resize update rename kill die
oom destroy remove commit top copy archive-path extract-to-dir export import save load tag untag push pull prune delete
enable disable connect disconnect reload mount unmount exec_create exec_start exec_die exec_detach health_status`.split(
    /\s/,
  )
export const HEALTH_STATES = 'starting healthy unhealthy none'.split(' ')
/** What a plugin of the engine can be (docs.docker.com, "Plugin Config Version 1"). */
export const PLUGIN_CAPABILITIES =
  'authz graphdriver ipamdriver logdriver metricscollector networkdriver volumedriver'.split(' ')
