/**
 * Shell scripts for `launch`. They run the command `"$@"` (after the arguments named below) in a file system in which a
 * daemon finds nothing of another daemon and leaves nothing behind. The mounts end with the namespace.
 */

/**
 * sh stays, because the first process of a namespace has to reap the others. The daemon sees IP forwarding as enabled:
 * otherwise it warns at every `run`, and the tests must not enable it on the machine. Trusted certificates are in the
 * workspace; dockerd's package has created `/etc/docker`. If the workspace has a directory `networks`, the daemon keeps
 * its data in memory, but the network database there, because it is read when the daemon has ended.
 */
const RUN = `
if [ -d "$directory/networks" ]; then
  mkdir "$directory/data"
  mount -t tmpfs tmpfs "$directory/data"
  mkdir "$directory/data/network"
  mount --bind "$directory/networks" "$directory/data/network"
fi
echo 1 > "$directory/ip_forward"
mount --bind "$directory/ip_forward" /proc/sys/net/ipv4/ip_forward
if [ -d "$directory/certs.d" ]; then mkdir -p /etc/docker; cp -r "$directory/certs.d" /etc/docker/; fi
"$@" & wait $!
`

/**
 * The host's file system with a separate `/run` and `/etc/docker`. `$1` is the workspace. The target of a link
 * resolv.conf stays visible.
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
 * A separate root file system: the directory `$2` under a temporary layer. `$1` is the workspace and `$3` the temporary
 * directory; both keep their paths. A chroot is not enough: `docker load` remounts /, which has to be a mount.
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
