using AgentPay.Web.Sandbox.Voice;

namespace AgentPay.Web.Sandbox.Pay;

/// <summary>
/// Asks the caller to confirm the number: three prompts at most. Each waits for twice the session's timeout, because hearing it takes a while; a wrong key
/// uses one up as silence does.
/// </summary>
public sealed class CallerConfirmation(Leg leg, string number, TimeSpan timeout, PauseTimer pause, Action givenUp)
{
    private int _promptsLeft = 3;

    public void Prompt()
    {
        if (_promptsLeft-- == 0)
        {
            givenUp();
            return;
        }
        leg.Say($"Your number ends in {string.Join(' ', number[^4..].ToCharArray())}. Please press 1 to confirm or 2 to cancel.");
        pause.Start(2 * timeout, Prompt);
    }
}
