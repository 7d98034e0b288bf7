#!/bin/sh
# hosts.sh PROGRAM OUT [ARGUMENT...]: four ranks of the capstone, each on a host of its own: a network namespace, joined
# to the others by a switch in a fifth. Prints the bytes that each host has sent. Needs root, ip and Open MPI.
set -eu

# As Open MPI's agent: hosts.sh ADDRESS COMMAND... runs the command on that host. Open MPI tells hosts apart by name.
on() {
  host=nn17-${1##*.}
  shift
  # shellcheck disable=SC2016 # expanded there
  exec ip netns exec "$host" unshare --uts sh -c 'hostname "$0" && exec sh -c "$*"' "$host" "$@"
}
case $1 in 10.17.0.*) on "$@" ;; esac

program=$1 out=$2
shift 2
clean() {
  for host in 1 2 3 4 switch; do ip netns del nn17-$host 2>/dev/null || true; done
}
clean
trap clean EXIT
trap 'exit 130' INT TERM
ip netns add nn17-switch
ip -n nn17-switch link add switch type bridge
ip -n nn17-switch link set switch up
for host in 1 2 3 4; do
  ip netns add nn17-$host
  ip link add wire netns nn17-$host type veth peer name wire$host netns nn17-switch
  ip -n nn17-switch link set wire$host master switch up
  ip -n nn17-$host addr add 10.17.0.$host/24 dev wire
  ip -n nn17-$host link set wire up
  ip -n nn17-$host link set lo up
done
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
(on 10.17.0.1 mpirun -n 4 --host 10.17.0.1,10.17.0.2,10.17.0.3,10.17.0.4 --bind-to none \
  --mca plm_rsh_agent "'sh $(realpath "$0")'" --mca plm_rsh_no_tree_spawn 1 --mca pml ob1 --mca btl self,tcp \
  --mca btl_tcp_if_include 10.17.0.0/24 --mca oob_tcp_if_include 10.17.0.0/24 -x OPENBLAS_NUM_THREADS=1 \
  "$program" --is-rank --out "$out" "$@") >&2
for host in 1 2 3 4; do
  ip netns exec nn17-$host cat /sys/class/net/wire/statistics/tx_bytes
done
