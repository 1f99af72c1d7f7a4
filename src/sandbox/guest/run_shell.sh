# Runs one script as `bash script arguments` would, with each command it is about to run written to a channel of its own.
# Standard input's first line is the run's nonce. Runs inside a sandbox only.
IFS= read -r nonce
# Bash closes its own channel in the programs it starts; theirs is another.
exec 8>&1 9>&1 1>&2 </dev/null
[ -z "$SBX_QUICK" ] || PATH=$SBX_QUICK:$PATH
export BASH_XTRACEFD=9 PS4="+$nonce+ "
exec bash -x "$@"
