/**
 * Shell scripts for `launch`: they run the command `"$@"` (after the arguments named below) in a file system where a
 * daemon finds nothing of another daemon and leaves nothing behind. Everything mounted here ends with the namespace.
 */

/**
 * As the first process of its namespace, sh has to stay and reap what others leave. The daemon is shown that the machine
 * forwards: otherwise an engine warns of it at every `run`, and turning it on is not for us to do. What it is to trust is
 * in the workspace; dockerd's package has made `/etc/docker`.
 */
const RUN = `
echo 1 > "$directory/ip_forward"
mount --bind "$directory/ip_forward" /proc/sys/net/ipv4/ip_forward
if [ -d "$directory/certs.d" ]; then mkdir -p /etc/docker; cp -r "$directory/certs.d" /etc/docker/; fi
"$@" & wait $!
`

/**
 * The host's file system, with a `/run` and an `/etc/docker` of its own. `$1` is the workspace. What resolv.conf may
 * link to stays visible.
 */
export const HOST_ROOT = `
directory=$1; shift
mkdir "$directory/host-run"
mount --rbind /run "$directory/host-run"
mount -t tmpfs tmpfs /run
for kept in systemd resolvconf NetworkManager; do
  if [ -e "$directory/host-run/$kept" ]; then ln -s "$directory/host-run/$kept" "/run/$kept"; fi
done
if [ -d /etc/docker ]; then mount -t tmpfs tmpfs /etc/docker; fi
${RUN}
`

/**
 * A root of its own: the directory `$2` with a throw-away layer on top. `$1` is the workspace and `$3` the temporary
 * directory; both keep their paths. A chroot would not do: \`docker load\` remounts /, which must be a mount.
 */
export const OWN_ROOT = `
directory=$1; lower=$2; temporary=$3; shift 3
mkdir "$directory/layer"
mount -t tmpfs tmpfs "$directory/layer"
mkdir "$directory/layer/upper" "$directory/layer/work" "$directory/layer/root"
root="$directory/layer/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$directory/layer/upper,workdir=$directory/layer/work" "$root"
mkdir -p "$root$temporary" "$root/old"
mount --rbind "$temporary" "$root$temporary"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
cat /etc/resolv.conf > "$root/etc/resolv.conf" || true
cat /etc/hosts > "$root/etc/hosts" || true
cd "$root"
pivot_root . old
umount -l /old
cd /
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
${RUN}
`
