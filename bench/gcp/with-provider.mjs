import "@secretsource/core";
import "@secretsource/provider-gcp";
