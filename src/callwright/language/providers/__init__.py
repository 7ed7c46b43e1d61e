"""Who answers: any server that speaks OpenAI's chat completions."""
