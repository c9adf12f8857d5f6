import { z } from "zod";

const word = z.string().min(1).max(1000);
const reference = z.looseObject({ id: word });

/**
 * A CDEvent of 0.3 to 0.5 as far as it is read. Fields of its own are left to it: versions differ, and senders add to them.
 * `customData` says what CDEvents have no field for.
 */
export const cdEventSchema = z.looseObject({
  context: z.looseObject({
    id: word,
    source: word,
    type: z.string().regex(/^dev\.cdevents(?:x)?\.[\w-]+\.[\w-]+(?:\.\d+\.\d+\.\d+(?:-[\w.]+)?)?$/, {
      error: "must be the type of a CDEvent, such as dev.cdevents.service.deployed.0.2.0",
    }),
    timestamp: z.iso.datetime({ offset: true, error: "must be an instant such as 2026-10-31T12:00:00Z" }),
  }),
  subject: z.looseObject({
    id: word,
    content: z
      .looseObject({
        environment: reference.optional(),
        service: reference.optional(),
        repository: reference.optional(),
        artifactId: word.optional(),
        pipelineName: word.optional(),
        outcome: word.optional(),
        description: z.string().optional(),
      })
      .default({}),
  }),
  customData: z
    .looseObject({
      /** `organisation/name`. */
      repository: word.optional(),
      /** The commit that an event is about. */
      sha: word.optional(),
      severity: word.optional(),
      pullRequest: z.int().optional(),
      pullRequests: z.array(z.int()).optional(),
      title: z.string().optional(),
      author: word.optional(),
      branch: word.optional(),
      base: word.optional(),
      seconds: z.number().optional(),
    })
    .optional()
    .catch(undefined),
});
export type CdEvent = z.output<typeof cdEventSchema>;
