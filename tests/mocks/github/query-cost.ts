import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  valueFromASTUntyped,
} from "graphql";

type Named = ReturnType<typeof getNamedType>;

export interface QueryCost {
  /** Points, as GitHub documents them: requests to fulfil every connection, by a hundred. */
  points: number;
  /** Nodes that it could give at most. */
  nodes: number;
  /** What GitHub refuses of it before it runs: connections without `first` or `last`, or beyond 1 to 100. */
  complaints: string[];
}

/** Reckons what a query costs by its text and variables alone, as GitHub does. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): QueryCost {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const reckoning = new Reckoning(schema, fragments, variables);
  if (operation !== undefined) reckoning.visit(operation.selectionSet, schema.getQueryType() ?? undefined, 1);
  return {
    points: Math.max(1, Math.round(reckoning.requests / 100)),
    nodes: reckoning.nodes,
    complaints: reckoning.complaints,
  };
}

class Reckoning {
  requests = 0;
  nodes = 0;
  readonly complaints: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  visit(selections: SelectionSetNode, type: Named | undefined, parents: number): void {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) this.field(selection, type, parents);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? typeFromAST(this.schema, selection.typeCondition) : type;
        this.visit(selection.selectionSet, on ? getNamedType(on) : undefined, parents);
      } else {
        const fragment = this.fragments.get(selection.name.value);
        if (fragment === undefined) continue;
        const on = typeFromAST(this.schema, fragment.typeCondition);
        this.visit(fragment.selectionSet, on ? getNamedType(on) : undefined, parents);
      }
    }
  }

  private field(field: FieldNode, parent: Named | undefined, parents: number): void {
    if (field.selectionSet === undefined || !(isObjectType(parent) || isInterfaceType(parent))) return;
    const definition = parent.getFields()[field.name.value];
    if (definition === undefined) return;
    const type = getNamedType(definition.type);
    if (!isCompositeType(type)) return;
    if (!type.name.endsWith("Connection")) {
      this.visit(field.selectionSet, type, parents);
      return;
    }
    const asked = this.sizeOf(field);
    const listed = field.selectionSet.selections.some(
      (one) => one.kind !== Kind.FIELD || one.name.value === "nodes" || one.name.value === "edges",
    );
    if (listed && asked === null) {
      this.complaints.push(
        `You must provide a \`first\` or \`last\` value to properly paginate the \`${field.name.value}\` connection.`,
      );
    }
    if (asked !== null && (asked < 1 || asked > 100)) {
      this.complaints.push(
        `Requesting ${asked} records on the \`${field.name.value}\` connection exceeds the \`first\` limit of 100 records.`,
      );
    }
    // "A query's score factors in first and last arguments": a list that is only counted has neither.
    if (asked === null) return;
    this.requests += parents;
    this.nodes += parents * asked;
    this.visit(field.selectionSet, type, parents * asked);
  }

  private sizeOf(field: FieldNode): number | null {
    for (const { name, value } of field.arguments ?? []) {
      if (name.value !== "first" && name.value !== "last") continue;
      const size = valueFromASTUntyped(value, this.variables);
      if (typeof size === "number") return size;
    }
    return null;
  }
}
