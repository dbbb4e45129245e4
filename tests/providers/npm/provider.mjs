// The certified OpenID provider from npm, with one client and no passwords.
import Provider from 'oidc-provider'
import { createServer } from 'node:http'

const { PORT, APPLICATION, SECRET } = process.env
const people = { priya: { name: 'Priya Shah', email: 'priya@example.org', email_verified: true } }

const provider = new Provider(`http://localhost:${PORT}`, {
  clients: [{
    client_id: 'trellis',
    client_secret: SECRET,
    redirect_uris: [`${APPLICATION}/sign-in/default/callback`],
    post_logout_redirect_uris: [`${APPLICATION}/signed-out`],
    backchannel_logout_uri: `${APPLICATION}/sign-out/back-channel`,
    backchannel_logout_session_required: true
  }],
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  cookies: { keys: ['tests only'] },
  // It refuses to call addresses of its own machine unless it is given another fetch.
  fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined, signal: AbortSignal.timeout(3000) }),
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`
      }
    }
  },
  interactions: { url: (_, interaction) => `/pick/${interaction.uid}` },
  // Nobody is asked for consent: the client belongs to the same house.
  loadExistingGrant: async ctx => {
    const grant = new ctx.oidc.provider.Grant({ clientId: 'trellis', accountId: ctx.oidc.session.accountId })
    grant.addOIDCScope('openid profile email')
    await grant.save()
    return grant
  }
})

const protocol = provider.callback()
createServer(async (request, response) => {
  if (!request.url.startsWith('/pick/')) return protocol(request, response)
  await provider.interactionDetails(request, response)
  const login = { accountId: 'priya' }
  return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
}).listen(+PORT, 'localhost', () => console.log('ready'))
