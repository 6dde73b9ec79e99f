/** How the transport's own words are said, and whether they tell of the whole server or of one repository. */
interface Transport {
  pattern: RegExp;
  say: (place: string, found: RegExpExecArray) => string;
  ofServer: boolean;
}

const transports: readonly Transport[] = [
  { pattern: /connection refused/i, say: (place) => `connection refused by ${place}`, ofServer: true },
  {
    pattern: /no such host|server misbehaving|could not resolve host/i,
    say: (place) => `the name ${place} is not known`,
    ofServer: true,
  },
  {
    pattern: /deadline exceeded|timed? ?out|Client\.Timeout/i,
    say: (place) => `no answer from ${place} in time`,
    ofServer: true,
  },
  {
    pattern: /no route to host|network is unreachable/i,
    say: (place) => `no way to ${place}`,
    ofServer: true,
  },
  {
    pattern: /connection reset|unexpected EOF|broken pipe/i,
    say: (place) => `the connection to ${place} breaks off`,
    ofServer: true,
  },
  { pattern: /x509:/, say: (place) => `the certificate of ${place} is not trusted`, ofServer: true },
  {
    pattern: /status code: (5\d\d)/,
    say: (place, [, code = ""]) => `the server ${place} answers ${code}`,
    ofServer: true,
  },
  {
    pattern: /couldn't find remote ref "?([^"\s]+)/,
    say: (place, [, ref = ""]) => `no ${ref} in ${place}`,
    ofServer: false,
  },
];

/**
 * Why a source cannot fetch its Git repository: the reason first, which Flux's own text ends with. Sources that
 * are told the same share one cause, whichever cluster they are on: those of one server where the server is at
 * fault, else those of one repository. Null where the text names no repository (recorded texts, git-down).
 */
export function tellGitFetch(message: string): string | null {
  const url = /(?:unable to (?:list remote for|clone)|requesting) ['"]([^'"]+)['"]/.exec(message)?.[1];
  if (url === undefined) return null;
  for (const { pattern, say, ofServer } of transports) {
    const found = pattern.exec(message);
    if (found) return say(ofServer ? hostOf(url) : withoutUser(url), found);
  }
  const said = message.slice(message.lastIndexOf(url) + url.length).replace(/^[^\s]*\s*/, "");
  return `reading ${withoutUser(url)} met: ${said.trim() || "no reason given"}`;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** An address may carry a password, which nobody is to read. */
function withoutUser(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
}
