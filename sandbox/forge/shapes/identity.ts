import type { Signature } from "../git/commits.ts";
import type { Body } from "../http/body.ts";
import type { Call } from "../http/route.ts";
import { now } from "../state/now.ts";
import type { World } from "../world.ts";
import { findPerson } from "../state/people.ts";
import { botEmail } from "./user.ts";

/** GitHub's own hand, committer of what is made by merge buttons and content writes. */
export function webFlow(): Signature {
  return { name: "GitHub", email: "noreply@github.com", date: now() };
}

/** The author a login stands for in commits. */
export function signatureOf(world: World, login: string): Signature {
  const person = findPerson(world.store.state, login);
  if (person === undefined) return { name: login, email: botEmail(world), date: now() };
  return { name: person.name, email: person.email, date: now() };
}

/** The author or committer a request names; the caller himself when it names none. */
export function readSignature(call: Call, body: Body | undefined): Signature {
  const own = signatureOf(call.world, call.login);
  if (body === undefined) return own;
  const date = body.text("date");
  return {
    name: body.string("name"),
    email: body.string("email"),
    date: date === undefined ? own.date : new Date(date).toISOString(),
  };
}
