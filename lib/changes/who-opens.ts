import { ForgeError, type Forge } from "../forge/forge.ts";

/**
 * Who opens a pull request for a person: himself where he may push, else the App in his name (decisions §1). A
 * repository the person cannot see at all answers 404: then he may not push either.
 */
export async function whoOpens(asPerson: Forge, asApp: Forge): Promise<{ forge: Forge; asApp: boolean }> {
  try {
    const { canPush } = await asPerson.repository();
    return canPush ? { forge: asPerson, asApp: false } : { forge: asApp, asApp: true };
  } catch (error) {
    if (error instanceof ForgeError && (error.status === 404 || error.status === 403))
      return { forge: asApp, asApp: true };
    throw error;
  }
}
