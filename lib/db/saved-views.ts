import type { Db } from "./client.ts";

/** Views of a list that the person made, or that one of his teams shares; `teams` null: of all teams. */
export async function savedViews(
  db: Db,
  { page, login, teams }: { page: string; login: string; teams: readonly string[] | null },
) {
  return db.savedView.findMany({
    where: {
      page,
      OR: [{ login }, teams === null ? { team: { not: null } } : { team: { in: [...teams] } }],
    },
    orderBy: [{ name: "asc" }, { login: "asc" }],
    take: 200,
  });
}

/** Keeps a view under its name; the person's former one of that name is replaced. */
export async function saveView(
  db: Db,
  view: { page: string; login: string; name: string; team: string | null; search: string },
): Promise<string> {
  const { page, login, name, team, search } = view;
  const { id } = await db.savedView.upsert({
    where: { page_login_name: { page, login, name } },
    create: view,
    update: { team, search },
  });
  return id;
}

export async function countViews(db: Db, login: string): Promise<number> {
  return db.savedView.count({ where: { login } });
}

export async function findView(db: Db, id: string) {
  return db.savedView.findUnique({ where: { id } });
}

export async function deleteView(db: Db, id: string): Promise<void> {
  await db.savedView.deleteMany({ where: { id } });
}
