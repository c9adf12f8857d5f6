export const PRODUCTION_CAVEAT =
  "Deployments to production alone, of repositories that tell of them; what they bring is not told apart by author.";
export const SERVICE_CAVEAT =
  "A sum over services blends them: the table by repository says more. Their team is the one that owned the repository then.";
export const FAILED_CAVEAT =
  "Failed: within 24 hours an incident began that names a pull request of it, or its service went back to an older version. What was deployed since that version counts as taken back.";
export const DORA_SOURCE = "DORA: software delivery performance metrics";
