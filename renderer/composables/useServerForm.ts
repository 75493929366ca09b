import type { InputOf } from '#contract/command.ts'
import type { Commands } from '#contract/commands.ts'
import type { ProfileView } from '#contract/setup.ts'
import { computed, reactive, watch } from 'vue'

const PLAIN_PORT = '5038'
const TLS_PORT = '5039'

export type ServerDraft = InputOf<Commands['setup.check']>
export type ServerField = 'host' | 'port' | 'username' | 'secret'

/** What is typed to reach a server. Whoever moves it to another server or account has to type the password again. */
export function useServerForm(profile: ProfileView | null) {
  const form = reactive({
    host: profile?.host ?? '',
    port: profile ? String(profile.port) : PLAIN_PORT,
    tls: profile?.tls ?? false,
    username: profile?.username ?? '',
    secret: '',
    fingerprint: profile?.fingerprint ?? null,
    authority: profile?.authority ?? '',
  })

  const isMoved = computed(() => form.host.trim() !== profile?.host || form.username !== profile.username)
  const keepsSecret = computed(() => profile?.secretIsSet === true && !isMoved.value && form.secret === '')

  /** A port that was typed by hand stays; the usual ones follow the switch. */
  watch(() => form.tls, (tls) => {
    if (form.port === (tls ? PLAIN_PORT : TLS_PORT))
      form.port = tls ? TLS_PORT : PLAIN_PORT
  })
  /** A certificate was trusted for one server only. */
  watch(() => form.host, () => { form.fingerprint = null })

  const missing = computed((): readonly ServerField[] => {
    const port = Number(form.port)
    return [
      ...(form.host.trim() === '' ? ['host' as const] : []),
      ...(Number.isInteger(port) && port >= 1 && port <= 65535 ? [] : ['port' as const]),
      ...(form.username === '' ? ['username' as const] : []),
      ...(form.secret === '' && !keepsSecret.value ? ['secret' as const] : []),
    ]
  })

  function draft(): ServerDraft {
    return {
      host: form.host.trim(),
      port: Number(form.port),
      tls: form.tls,
      username: form.username,
      secret: keepsSecret.value ? null : form.secret,
      fingerprint: form.tls ? form.fingerprint : null,
      authority: form.tls && form.authority.trim() !== '' ? form.authority : null,
    }
  }

  return { form, missing, keepsSecret, hasStored: profile?.secretIsSet === true, draft }
}

export type ServerForm = ReturnType<typeof useServerForm>
