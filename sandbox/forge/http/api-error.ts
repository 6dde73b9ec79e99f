/** One entry of the `errors` list of a 422; some endpoints write plain strings instead. */
type ErrorDetail =
  string | { resource: string; code: string; field?: string; message?: string; value?: unknown };

const docs = "https://docs.github.com/rest";

/** A refusal as GitHub words it; thrown by handlers and turned into the reply in one place. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly ErrorDetail[] | undefined;
  readonly documentationUrl: string;

  constructor(status: number, message: string, errors?: readonly ErrorDetail[], documentationUrl = docs) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.documentationUrl = documentationUrl;
  }

  /** The JSON body; `status` is a string, as GitHub has it. */
  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      documentation_url: this.documentationUrl,
      status: String(this.status),
    };
  }
}

/** 404: absent, or not for the caller to see; GitHub makes no difference. */
export function notFound(message = "Not Found"): ApiError {
  return new ApiError(404, message);
}

/** 422 in the dialect of pulls and labels. */
export function validationFailed(...errors: ErrorDetail[]): ApiError {
  return new ApiError(422, "Validation Failed", errors);
}

/** 422 for a body field that is absent or of the wrong type. */
export function notSupplied(field: string): ApiError {
  return new ApiError(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
}

/** 403 for an App or its user's token without the permission. */
export function notByIntegration(): ApiError {
  return new ApiError(403, "Resource not accessible by integration");
}

/** 403 for a person without the role. */
export function mustHavePush(): ApiError {
  return new ApiError(403, "Must have push access to repository");
}
