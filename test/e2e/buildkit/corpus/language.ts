import type { BuildCase } from './case.ts'

const lines = (...each: readonly string[]) => `${each.join('\n')}\n`

/** Builds with all instructions of a Dockerfile. */
export const language: readonly BuildCase[] = [
  { name: 'scratch', files: { Dockerfile: lines('FROM scratch', 'COPY a /a', 'CMD ["/a"]'), a: 'x' } },
  {
    name: 'steps that print',
    files: { Dockerfile: lines('FROM busybox', 'RUN echo out', 'RUN echo err >&2', 'RUN ["echo", "exec form"]') },
  },
  {
    name: 'output of every kind',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        "RUN printf 'no newline'",
        "RUN printf 'a\\n\\n\\nb\\tc\\n'",
        "RUN printf 'caf\\303\\251 \\342\\202\\254 \\033[31mred\\033[0m\\n'",
        'RUN seq 1 30',
      ),
    },
  },
  {
    name: 'every instruction of a config',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'LABEL a=b c="d e" "f g"=h',
        'ENV X=1 Y="two words"',
        'ENV OLD form of it',
        'EXPOSE 80 443/tcp 53/udp 7000-7002',
        'VOLUME ["/data", "/more"]',
        'VOLUME /third',
        'WORKDIR /w',
        'WORKDIR relative',
        'USER nobody:nogroup',
        'STOPSIGNAL SIGUSR1',
        'SHELL ["/bin/sh", "-ec"]',
        'HEALTHCHECK --interval=5s --timeout=3s --retries=2 CMD test -e /ok',
        'ENTRYPOINT ["sh", "-c"]',
        'CMD ["echo $X"]',
      ),
    },
  },
  {
    name: 'shell forms',
    files: { Dockerfile: lines('FROM busybox', 'ENTRYPOINT echo $HOME', 'CMD ls -l', 'HEALTHCHECK NONE') },
  },
  {
    name: 'maintainer',
    files: { Dockerfile: lines('FROM busybox', 'MAINTAINER Someone <some@one.example>', 'CMD true') },
  },
  {
    name: 'arguments and their scopes',
    files: {
      Dockerfile: lines(
        'ARG BASE=nosuch',
        'ARG OUTER=outer',
        `FROM \${BASE} AS one`,
        'ARG OUTER',
        'ARG INNER=inner',
        'RUN echo "$OUTER $INNER" > /one',
        `FROM \${BASE}`,
        'ARG INNER',
        'RUN echo "[$OUTER] [$INNER]" > /two',
        'COPY --from=one /one /one',
      ),
    },
    args: '--build-arg BASE=busybox --build-arg INNER=given .',
  },
  {
    name: 'an argument of the environment',
    files: {
      Dockerfile: lines('FROM busybox', 'ARG FROM_ENV=default', 'ARG EMPTY=default', 'ENV GOT=$FROM_ENV$EMPTY'),
    },
    args: '--build-arg FROM_ENV --build-arg EMPTY= --build-arg UNKNOWN=1 .',
    env: 'FROM_ENV=outside',
  },
  {
    name: 'substitution',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'ARG A=a',
        `ENV B=\${A:-x} C=\${NO:-fallback} D=\${A:+set} E=\\$A F="$A $B"`,
        `WORKDIR /w/\${A}/$B`,
        `LABEL l="\${C}"`,
        'COPY $A ./',
      ),
      a: 'substituted',
    },
  },
  {
    name: 'an escape directive and comments',
    files: { Dockerfile: lines('# escape=`', 'FROM busybox', 'RUN echo one && `', '# in between', '    echo two') },
  },
  {
    name: 'continued lines',
    files: { Dockerfile: 'FROM busybox\r\nRUN echo a \\\r\n\r\n  && echo b \\\n  # comment\n  && echo c\n' },
  },
  {
    name: 'a here-document that runs',
    files: { Dockerfile: lines('FROM busybox', 'RUN <<EOF', 'set -e', 'echo one > /one', 'echo "$0" > /two', 'EOF') },
  },
  {
    name: 'here-documents that are files',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'ARG WHO=me',
        'COPY <<first.txt <<"second.txt" /docs/',
        'for $WHO',
        'first.txt',
        'for $WHO',
        'second.txt',
        'COPY --chmod=755 <<-EOF /bin2/run',
        '\t#!/bin/sh',
        '\techo ran',
        'EOF',
        'RUN cat <<EOF | tr a-z A-Z > /upper',
        'text',
        'EOF',
      ),
    },
  },
  {
    name: 'a here-document with an interpreter',
    files: {
      Dockerfile: lines('FROM busybox', 'RUN <<EOF', '#!/bin/busybox ash', 'echo "$0" $((6 * 7)) > /told', 'EOF'),
    },
  },
  {
    name: 'stages by name and by number',
    files: {
      Dockerfile: lines(
        'FROM busybox AS First',
        'RUN echo 1 > /f',
        'FROM scratch AS second',
        'COPY --from=first /f /g',
        'FROM busybox',
        'COPY --from=1 /g /h',
        'COPY --from=0 /f /',
        'COPY --from=busybox /etc/group /group',
      ),
    },
  },
  {
    name: 'a target and an unused stage',
    files: {
      Dockerfile: lines(
        'FROM busybox AS broken',
        'RUN exit 9',
        'FROM busybox AS wanted',
        'RUN echo yes > /yes',
        'FROM wanted AS last',
        'RUN exit 8',
      ),
    },
    args: '--target wanted .',
  },
  {
    name: 'a stage from a stage',
    files: {
      Dockerfile: lines('FROM busybox AS base', 'ENV A=1', 'WORKDIR /base', 'FROM base', 'ENV A=2', 'RUN echo $A > a'),
    },
  },
  {
    name: 'ONBUILD of a stage',
    files: {
      Dockerfile: lines(
        'FROM busybox AS base',
        'ONBUILD COPY a /onbuild/',
        'ONBUILD RUN echo triggered > /onbuild/b',
        'FROM base',
        'RUN ls /onbuild',
      ),
      a: 'a',
    },
  },
  {
    name: 'ONBUILD in an image',
    files: { Dockerfile: lines('FROM busybox', 'ONBUILD RUN echo later', 'ONBUILD ENV A=b') },
  },
  {
    name: 'a mount of a cache',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'RUN --mount=type=cache,id=corpus-cache,target=/cache,sharing=locked echo kept > /cache/file && ls /cache > /seen',
        'RUN --mount=type=cache,id=corpus-cache,target=/other,ro cat /other/file > /again',
      ),
    },
  },
  {
    name: 'mounts of a stage, of the context and of memory',
    files: {
      Dockerfile: lines(
        'FROM busybox AS tools',
        'RUN echo tool > /tool',
        'FROM busybox',
        'RUN --mount=from=tools,target=/t --mount=target=/ctx --mount=type=tmpfs,target=/scratch \\',
        '  cat /t/tool /ctx/a > /both && touch /scratch/x',
        'RUN --mount=type=bind,source=a,target=/one,rw echo more >> /one && cat /one',
      ),
      a: 'a\n',
    },
  },
  {
    name: 'secrets of files and of the environment',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'RUN --mount=type=secret,id=file,target=/s,mode=0444,uid=3 cat /s && ls -ln /s | cut -c1-14',
        'RUN --mount=type=secret,id=variable cat /run/secrets/variable > /leaked',
        'RUN --mount=type=secret,id=none test ! -e /run/secrets/none',
      ),
      secret: 'hidden\n',
    },
    args: '--secret id=file,src=secret --secret id=variable,env=WORD .',
    env: 'WORD=word',
  },
  {
    name: 'a secret as a variable',
    files: { Dockerfile: lines('FROM busybox', 'RUN --mount=type=secret,id=word,env=WORD echo $WORD > /word') },
    args: '--secret id=word,env=SECRET .',
    env: 'SECRET=word',
  },
  {
    name: 'ssh',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" && echo "$SSH_AUTH_SOCK" > /where',
      ),
    },
    before: "ssh-keygen -q -t ed25519 -N '' -f key",
    args: '--ssh default=key .',
  },
  {
    name: 'networks of steps',
    files: {
      Dockerfile: lines('FROM busybox', 'RUN --network=none ls /sys/class/net > /net', 'RUN --network=default true'),
    },
  },
  {
    name: 'names of hosts, and no network',
    files: { Dockerfile: lines('FROM busybox', 'RUN grep corpus /etc/hosts > /found; ls /sys/class/net >> /found') },
    args: '--add-host corpus.example:10.1.2.3 --add-host=six:::1 --network none .',
  },
  {
    name: 'a larger shm',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        "RUN df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2 > /shm; ulimit -n > /files",
      ),
    },
    args: '--shm-size 16m --ulimit nofile=123:456 .',
  },
  {
    name: 'labels and names from flags',
    files: { Dockerfile: lines('FROM busybox', 'LABEL a=inside b=inside') },
    args: '--label a=outside --label empty= --label new -t corpus/named:1 -t corpus/named:two .',
  },
  {
    name: 'a platform',
    files: {
      Dockerfile: lines(
        'FROM --platform=$BUILDPLATFORM busybox AS b',
        'ARG TARGETPLATFORM TARGETOS',
        'ARG TARGETARCH',
        'ARG BUILDOS',
        'RUN echo "$TARGETPLATFORM $TARGETOS $TARGETARCH $BUILDOS" > /p',
      ),
    },
    args: '--platform linux/amd64 .',
  },
  {
    name: 'users',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'USER 1000:1001',
        'WORKDIR /tmp/made',
        'RUN id -u > /tmp/who && id -g >> /tmp/who',
        'COPY a /tmp/copied',
        'COPY --chown=nobody:nogroup a /tmp/given',
        'COPY --chown=7 a /tmp/seven',
      ),
      a: 'a',
    },
  },
  {
    name: 'new ways to copy',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'COPY --link --chmod=640 a /linked/',
        'COPY --parents d/e/./f d/*/g /parents/',
        'COPY --exclude=*.log d /kept/',
      ),
      a: 'a',
      'd/e/f': 'f',
      'd/h/g': 'g',
      'd/x.log': 'x',
    },
  },
  {
    name: 'a fixed time',
    files: { Dockerfile: lines('FROM busybox', 'ARG SOURCE_DATE_EPOCH', 'RUN echo $SOURCE_DATE_EPOCH > /epoch') },
    args: '--build-arg SOURCE_DATE_EPOCH=1000000000 .',
  },
  {
    name: 'predefined arguments',
    files: { Dockerfile: lines('FROM busybox', 'RUN echo "$HTTP_PROXY $no_proxy" > /proxy') },
    args: '--build-arg HTTP_PROXY=http://proxy.example:3128 --build-arg no_proxy=x .',
  },
  {
    name: 'only a base',
    files: { Dockerfile: lines('FROM busybox') },
  },
  {
    name: 'whiteouts',
    files: {
      Dockerfile: lines(
        'FROM busybox',
        'COPY d /d',
        'RUN rm -r /d/e && ln -s /etc /d/link && mkfifo /d/p && chmod 4711 /d/f',
      ),
      'd/e/g': '',
      'd/f': '',
    },
  },
]
