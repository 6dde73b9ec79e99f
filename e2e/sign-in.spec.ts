import { expect, signIn, test } from "./support/test.ts";

const people = [
  { login: "vera.s", role: "viewer", mayAsk: false },
  { login: "lena.k", role: "requester", mayAsk: true },
  { login: "nadia.r", role: "approver", mayAsk: false },
  { login: "omar.h", role: "platform engineer", mayAsk: true },
];

for (const { login, role, mayAsk } of people) {
  test(`${login} signs in and is ${role}`, async ({ page }) => {
    await signIn(page, login);
    await expect(page.getByRole("button", { name: login })).toContainText(role);
    await page.goto("/clusters");
    await expect(page.getByRole("link", { name: "New cluster" })).toHaveCount(mayAsk ? 1 : 0);
  });
}

test("signed-out people see nothing but the sign-in page", async ({ page }) => {
  for (const path of ["/", "/clusters", "/clusters/prod-eus-1", "/changes", "/clusters/new"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in/);
  }
  for (const path of ["/api/v1/fleet", "/api/v1/clusters", "/api/v1/changes/1", "/api/events"]) {
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(401);
    expect(await response.text()).not.toContain("prod-eus");
  }
});

test("somebody without a role is told so and sees nothing of the fleet", async ({ page }) => {
  await signIn(page, "sam.o");
  await expect(page).toHaveURL(/\/no-access/);
  expect((await page.request.get("/api/v1/fleet")).status()).toBe(403);
});

test("who signs out is out, also for his old cookie", async ({ page }) => {
  await signIn(page, "vera.s");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: /vera\.s/ }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(cookies);
  expect((await page.request.get("/api/v1/fleet")).status()).toBe(401);
});
