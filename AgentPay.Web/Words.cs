namespace AgentPay.Web;

/// <summary>
/// The texts of the screens. The English text is the key and stands where it is shown. A translation is a file <c>Words.{culture}.resx</c>
/// beside this one; list its culture in <see cref="Components.ConsoleFeature"/>.
/// </summary>
public sealed class Words;
