"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "@/lib/client/queries";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SectionState } from "./section-state";
import { SignedInPerson, type EndSessions } from "./signed-in-person";

/** Who is signed in, and the button that ends that. */
export function PeopleSection({ end }: { end: EndSessions }) {
  const { data, error, refetch } = useQuery(queries.people());
  return (
    <>
      <SectionState what="People" known={data !== undefined} error={error} onRetry={() => void refetch()} />
      {data && (
        <Card title="Signed in" aside={data.people.length}>
          {data.people.length === 0 && <EmptyState title="Nobody is signed in" />}
          <ul>
            {data.people.map((person) => (
              <SignedInPerson key={person.id} person={person} end={end} onEnded={() => void refetch()} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
