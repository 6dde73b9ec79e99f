import type { KnownError } from "../known-error.ts";

/** What befalls any connection: last, since every other entry says more. */
export const network: readonly KnownError[] = [
  {
    id: "certificate-expired",
    match: /x509: certificate has expired|certificate is not yet valid/,
    captures: [/(?:Get|Post|Put) "?https:\/\/(?<host>[\w.:-]{1,200})/],
    title: "A certificate has expired",
    told: "that of {host}",
    scope: "{host}",
    meaning: "The certificate[ of {host}] is past its end, or a clock is wrong.",
    advice: "Renew the certificate.",
    who: "platform engineer",
    fix: ["Renew the certificate[ of {host}]; check the clock of who complains."],
    source: "crypto/x509 of Go",
    example: {
      message:
        'Get "https://10.0.0.1:443/api": tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
    },
    nearMiss: "x509: certificate signed by unknown authority",
  },
  {
    id: "certificate-untrusted",
    match: /x509: /,
    captures: [/(?:Get|Post|Put) "?https:\/\/(?<host>[\w.:-]{1,200})/, /x509: (?<why>[^\n]{1,120})/],
    title: "A certificate is not trusted",
    told: "[{host}: ]{why}",
    scope: "{host}",
    meaning: "The certificate[ of {host}] is of an unknown authority or for another name[: {why}].",
    who: "platform engineer",
    fix: ["Give the caller the authority's certificate, or correct the name it calls."],
    source: "crypto/x509 of Go",
    example: {
      message:
        'Get "https://10.0.0.1:443/api": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    },
    nearMiss: "certificate web-tls was issued",
  },
  {
    id: "token-expired",
    match: /token (?:is|has) expired|token has been revoked|ExpiredToken|the provided token is expired/i,
    title: "A token has expired",
    meaning: "A token somebody signs in with is past its end or was revoked.",
    advice: "Renew it.",
    who: "platform engineer",
    fix: ["Make a new token and put it into the Secret that held the old one."],
    source: "kubernetes/apiserver authentication; Azure and GitHub answers",
    example: {
      reason: "Unauthorized",
      message: "oidc: token is expired (Token Expiry: 2026-11-24 12:00:00 +0000 UTC)",
    },
    nearMiss: "token expires in 3600 seconds",
  },
  {
    id: "dns",
    match:
      /lookup [\w.-]{1,253}(?: on [\d.:[\]a-f]{1,60})?: (?:no such host|server misbehaving|i\/o timeout)|could not resolve host/i,
    captures: [/lookup (?<host>[\w.-]{1,253})/],
    title: "A name is not known",
    told: "DNS knows no {host}",
    scope: "{host}",
    meaning: "DNS does not answer for[ {host}] the name that is called.",
    advice: "Check the name and the DNS.",
    who: "network administrator",
    fix: ["Check that the name[ {host}] is right and that the cluster's DNS resolves it."],
    source: "net of Go",
    example: {
      message:
        'Get "https://charts.acme.example/index.yaml": dial tcp: lookup charts.acme.example on 10.96.0.10:53: no such host',
    },
    nearMiss: "lookup of the chart succeeded",
  },
  {
    id: "refused",
    match: /connect(?:ion)?: connection refused|: connection refused/,
    captures: [/dial tcp (?<address>[\w.:[\]-]{1,120}): connect/],
    title: "A connection is refused",
    told: "by {address}",
    scope: "{address}",
    meaning: "Nothing listens[ at {address}], or a firewall refuses.",
    who: "platform engineer",
    fix: ["Check that what is called runs[ at {address}]."],
    source: "net of Go",
    example: {
      message: 'Get "https://10.0.0.1:6443/api": dial tcp 10.0.0.1:6443: connect: connection refused',
    },
    nearMiss: "the refused connections are counted",
  },
  {
    id: "timeout",
    match: /context deadline exceeded|i\/o timeout|Client\.Timeout exceeded|TLS handshake timeout/,
    captures: [/(?:dial tcp (?:lookup )?|Get "?https?:\/\/)(?<address>[\w.:[\]-]{1,120})/],
    title: "No answer in time",
    told: "from {address}",
    scope: "{address}",
    meaning: "What is called[ at {address}] did not answer in time: it is overloaded, or packets are lost.",
    who: "platform engineer",
    fix: ["Check load of what is called and the network in between; it is tried again by itself."],
    source: "context and net of Go",
    example: { message: 'Get "https://10.0.0.1:6443/api": context deadline exceeded' },
    nearMiss: "the deadline of the rollout is 10m",
  },
];
