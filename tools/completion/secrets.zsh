#compdef secrets
# Completion for zsh: source tools/completion/secrets.zsh after compinit
# The program itself says what can follow, so this never lags behind it.
_secrets() {
    local program=${words[1]} line="${(j: :)words[2,CURRENT]}"
    local -a found
    case ${words[CURRENT-1]} in
        --store|--data) _files -/ ; return ;;
        --password-file|--config|import|export) _files ; return ;;
    esac
    case ${words[2]} in
        up|down|relay) found=(--detach --listen --listen-tcp --data --config --help) ;;
        *) found=(${(f)"$($program "[suggest:${#line}]" "$line" 2>/dev/null)"}) ;;
    esac
    (( CURRENT == 2 )) && found+=(up down relay)
    compadd -a -- found
}
compdef _secrets secrets ./secrets
