namespace AgentPay.Web;

/// <summary>
/// The texts of the user interface. The key is the English text itself. To add a translation, add a file <c>Words.{culture}.resx</c> next
/// to this one, and list its culture in <see cref="Components.ConsoleFeature"/>.
/// </summary>
public sealed class Words;
