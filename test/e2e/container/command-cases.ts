/** A command line of `create`, and what `container command` prints for its container. */
export interface CommandCase {
  /** The flags as typed. */
  readonly typed: string
  /** The flags as printed, where they differ. */
  readonly printed?: string
  /** What follows the image. */
  readonly command?: string
  /** The oldest API version of an engine that takes the flags. */
  readonly since?: string
  /** What an engine of these tests responds, if it cannot create such a container. */
  readonly refusal?: RegExp
  /** Whether nothing may be printed: the value is the default of some engines, or some kernels do not support it. */
  readonly isOptional?: true
}

/** Every flag of `run` that is part of a request, at least once. `/profile` and the like are made by the test. */
export const COMMAND_CASES: readonly CommandCase[] = [
  { typed: '' },
  { typed: '', command: 'sh -c \'echo "$HOME"; exit 1\' -x --rm' },
  // process.ts
  { typed: '-a stdout', printed: '--attach stdout' },
  { typed: '-a stdin -a stderr', printed: '--attach stdin --attach stderr' },
  { typed: '-a stdin -a stdout -a stderr', printed: '--attach stdin --attach stdout --attach stderr' },
  { typed: '-i' },
  { typed: '-it', printed: '-i -t' },
  { typed: '-i -a stdin', printed: '-i --attach stdin' },
  { typed: '-i -a stdout', printed: '-i --attach stdout' },
  { typed: '-h box --domainname example.com', printed: '--hostname box --domainname example.com' },
  { typed: "--entrypoint ''", printed: '', command: 'ls' },
  { typed: '--entrypoint /bin/echo' },
  { typed: '--entrypoint /bin/echo', command: 'a b' },
  {
    typed: "-e A=b -e 'TEXT=two words' -e EMPTY= -e QUOTE=it\\'s",
    printed: "-e A=b -e 'TEXT=two words' -e EMPTY= -e 'QUOTE=it'\\''s'",
  },
  { typed: '-e UNSET_HERE', printed: '-e UNSET_HERE' },
  { typed: '-e PATH=/sbin', printed: '-e PATH=/sbin' },
  { typed: "-e 'LINES=one\ntwo'" },
  { typed: '--env-file /app.env', printed: '-e FROM_FILE=1 -e \'QUOTED="2"\'' },
  { typed: '--dotenv /app.env', printed: '-e FROM_FILE=1 -e QUOTED=2' },
  { typed: '--init' },
  { typed: '--init=false' },
  { typed: "-l a=b -l empty -l 'text=x y'", printed: "--label a=b --label empty= --label 'text=x y'" },
  { typed: '--label-file /app.labels', printed: '--label from=file' },
  { typed: '--annotation org.example.key=value', since: '1.43' },
  { typed: '--restart always' },
  { typed: '--restart unless-stopped' },
  { typed: '--restart on-failure' },
  { typed: '--restart on-failure:3' },
  { typed: '--rm' },
  { typed: '--stop-signal SIGINT' },
  { typed: '--stop-timeout 0' },
  { typed: '--stop-timeout 30' },
  { typed: '-u 1000:1000 -w /work', printed: '--user 1000:1000 --workdir /work' },
  { typed: '-u root --group-add 20 --group-add audio', printed: '--user root --group-add 20 --group-add audio' },
  {
    typed:
      "--health-cmd 'test -e /ok' --health-interval 90s --health-retries 4 --health-timeout 1500ms --health-start-period 1h",
    printed:
      "--health-cmd 'test -e /ok' --health-interval 1m30s --health-timeout 1.5s --health-start-period 1h0m0s --health-retries 4",
  },
  { typed: '--health-cmd true --health-start-interval 2s', since: '1.44' },
  { typed: '--no-healthcheck' },
  // networking.ts
  { typed: '--add-host db:10.0.0.1 --add-host six=[::1]', printed: '--add-host db:10.0.0.1 --add-host six:::1' },
  { typed: '--add-host host.docker.internal:host-gateway' },
  { typed: '--dns 1.1.1.1 --dns-search example.com --dns-option ndots:2' },
  { typed: '--expose 80 --expose 90-91/udp', printed: '--expose 80 --expose 90/udp --expose 91/udp' },
  { typed: '--network first --ip 10.97.1.20' },
  { typed: '--network six --ip6 fd00:97::20' },
  { typed: '--network first --link-local-ip 169.254.7.7' },
  { typed: '--network first --network-alias api --network-alias www' },
  { typed: '--network first --link other:db' },
  { typed: '--link other --link other:db' },
  { typed: '--mac-address 02:11:22:33:44:55', since: '1.44' },
  { typed: '--network first --mac-address 02:11:22:33:44:55', since: '1.44' },
  { typed: '--network none' },
  { typed: '--network host' },
  { typed: '--network container:other' },
  { typed: '--network first --network second', since: '1.44' },
  {
    typed:
      '--network name=first,alias=a,driver-opt=com.example.x=y --network name=second,alias=b,ip=10.97.2.9,mac-address=02:11:22:33:44:66',
    printed:
      '--network name=first,driver-opt=com.example.x=y --network-alias a --network name=second,alias=b,ip=10.97.2.9,mac-address=02:11:22:33:44:66',
    since: '1.44',
  },
  { typed: '--network name=first,gw-priority=5', since: '1.48' },
  { typed: '-p 80', printed: '-p 80' },
  {
    typed:
      '-p 8080:80 -p 127.0.0.1:8081:81 -p 127.0.0.1::82/udp -p [::1]:8083:83 -p 9000-9010:84/sctp -p 8085-8086:85-86',
    printed:
      "-p 8080:80 -p 127.0.0.1:8081:81 -p 127.0.0.1::82/udp -p '[::1]:8083:83' -p 9000-9010:84/sctp -p 8085:85 -p 8086:86",
  },
  { typed: '-P --expose 80', printed: '--publish-all --expose 80' },
  // storage.ts
  { typed: '-v /anonymous', printed: '-v /anonymous' },
  {
    typed: '-v named:/data -v /tmp:/host:ro -v /tmp:/shared:rshared',
    printed: '-v named:/data -v /tmp:/host:ro -v /tmp:/shared:rshared',
  },
  { typed: '--mount type=volume,target=/anonymous' },
  {
    typed:
      '--mount type=volume,src=labelled,dst=/v,volume-nocopy,volume-label=a=b,volume-driver=local,volume-opt=type=tmpfs,volume-opt=device=tmpfs',
    printed:
      '--mount type=volume,source=labelled,target=/v,volume-nocopy,volume-label=a=b,volume-driver=local,volume-opt=device=tmpfs,volume-opt=type=tmpfs',
  },
  {
    typed:
      '--mount \'type=volume,source=optioned,target=/v,"volume-opt=o=size=1m,uid=1",volume-opt=type=tmpfs,volume-opt=device=tmpfs\'',
    printed:
      '--mount \'type=volume,source=optioned,target=/v,volume-opt=device=tmpfs,"volume-opt=o=size=1m,uid=1",volume-opt=type=tmpfs\'',
  },
  { typed: '--mount type=volume,source=named,target=/part,volume-subpath=sub', since: '1.45' },
  { typed: '--mount type=bind,source=/tmp,target=/b,readonly,bind-propagation=rslave' },
  { typed: '--mount type=bind,source=/tmp,target=/b,bind-recursive=disabled' },
  { typed: '--mount type=bind,source=/tmp,target=/b,bind-create-src', since: '1.42' },
  { typed: '--mount type=bind,source=/tmp,target=/b,readonly,bind-recursive=writable', since: '1.44' },
  {
    typed: '--mount type=bind,source=/usr,target=/b,readonly,bind-propagation=rprivate,bind-recursive=readonly',
    since: '1.44',
    refusal: /recursive/,
  },
  { typed: '--mount type=bind,source=/tmp,target=/b,consistency=cached' },
  { typed: '--mount type=tmpfs,target=/t,tmpfs-size=10m,tmpfs-mode=1770' },
  { typed: '--mount type=image,source=busybox,target=/i,image-subpath=bin', since: '1.48' },
  { typed: '--tmpfs /s:size=1m,mode=700 --tmpfs /t' },
  { typed: '--read-only' },
  { typed: '--volume-driver local -v made:/data', printed: '-v made:/data --volume-driver local' },
  { typed: '--volumes-from other:ro' },
  { typed: '--storage-opt size=1g', refusal: /storage-opt is supported only/ },
  { typed: '--log-driver json-file --log-opt max-size=10m', printed: '--log-opt max-size=10m' },
  { typed: '--log-driver none' },
  { typed: '--log-driver syslog --log-opt tag=web' },
  // resources.ts
  {
    typed: '-m 64m --memory-reservation 32m --memory-swap 96m',
    printed: '--memory 64m --memory-reservation 32m --memory-swap 96m',
  },
  { typed: '-m 64m', printed: '--memory 64m' },
  { typed: '-m 64m --memory-swap -1', printed: '--memory 64m --memory-swap -1' },
  { typed: '-m 1000000000', printed: '--memory 1000000000' },
  { typed: '-m 64m --memory-swappiness 0', printed: '--memory 64m --memory-swappiness 0' },
  { typed: '--shm-size 100k' },
  { typed: '--cpus 1.5' },
  { typed: '--cpus 0.001' },
  {
    typed: '-c 512 --cpu-period 50000 --cpu-quota 25000',
    printed: '--cpu-shares 512 --cpu-period 50000 --cpu-quota 25000',
  },
  { typed: '--cpuset-cpus 0-1 --cpuset-mems 0' },
  { typed: '--cpu-rt-period 1000000 --cpu-rt-runtime 950000', refusal: /real-time scheduler|real-time/ },
  { typed: '--cpu-count 1', refusal: /only supported on a Docker daemon running on windows/ },
  { typed: '--cpu-percent 1', refusal: /only supported on a Docker daemon running on windows/ },
  { typed: '--io-maxbandwidth 1k', refusal: /only supported on a Docker daemon running on windows/ },
  { typed: '--io-maxiops 1', refusal: /only supported on a Docker daemon running on windows/ },
  { typed: '--pids-limit 100' },
  { typed: '--ulimit nofile=100:200 --ulimit core=0', printed: '--ulimit core=0 --ulimit nofile=100:200' },
  { typed: '--oom-kill-disable -m 64m', printed: '--memory 64m --oom-kill-disable' },
  { typed: '--oom-score-adj 500' },
  { typed: '--cgroup-parent /some/group' },
  { typed: '--blkio-weight 300', isOptional: true },
  { typed: '--blkio-weight-device /dev/null:200', isOptional: true },
  {
    typed:
      '--device-read-bps /dev/null:1mb --device-write-bps /dev/null:2mb --device-read-iops /dev/null:10 --device-write-iops /dev/null:20',
    printed:
      '--device-read-bps /dev/null:1048576 --device-write-bps /dev/null:2097152 --device-read-iops /dev/null:10 --device-write-iops /dev/null:20',
  },
  { typed: '--device /dev/null --device /dev/zero:/dev/other:r --device /dev/full:rw' },
  { typed: '--device vendor.com/class=name' },
  { typed: "--device-cgroup-rule 'c 42:* rmw'" },
  { typed: '--gpus all' },
  { typed: '--gpus 2' },
  { typed: '--gpus \'driver=nvidia,"device=0,1","capabilities=compute,utility"\'' },
  { typed: '--kernel-memory 50m', isOptional: true },
  // isolation.ts
  { typed: '--cap-add net_admin --cap-drop ALL', printed: '--cap-add CAP_NET_ADMIN --cap-drop ALL' },
  { typed: '--cgroupns private', isOptional: true },
  { typed: '--cgroupns host', isOptional: true },
  { typed: '--ipc shareable' },
  { typed: '--ipc host' },
  { typed: '--ipc container:sharing' },
  { typed: '--isolation default' },
  { typed: '--pid host' },
  { typed: '--pid container:other' },
  { typed: '--privileged' },
  { typed: '--runtime runc', printed: '' },
  { typed: '--runtime io.containerd.runc.v2', since: '1.44' },
  { typed: '--security-opt no-new-privileges' },
  {
    typed: '--security-opt seccomp=unconfined --security-opt label=level:s0',
    printed: '--security-opt seccomp=unconfined --security-opt label=level:s0',
  },
  { typed: '--security-opt systempaths=unconfined' },
  { typed: '--sysctl net.core.somaxconn=1024' },
  { typed: '--userns host' },
  { typed: '--uts host' },
  // create.ts
  { typed: '--platform linux/amd64', printed: '' },
  { typed: '--cidfile /cid', printed: '--cidfile /cid' },
]

/** The flags that are no part of any request: they say how the client runs. */
export const CLIENT_FLAGS: readonly string[] = [
  ...['disable-content-trust', 'detach-keys', 'pull', 'quiet', 'sig-proxy', 'wait', 'wait-timeout'],
]
